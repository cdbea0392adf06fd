"""Link laid-out parts into documents, and stamp documents into copies for people."""
