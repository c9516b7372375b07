"""What runs an action in its guest: a file, a module, a line of code, or a notebook."""
