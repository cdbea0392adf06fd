"""Take over what templates made in earlier builds, where they would make it again."""
