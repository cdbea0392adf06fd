"""Join what each part brings: structure, destinations, outline, form fields."""
