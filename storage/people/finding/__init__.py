"""Finding people: by what they told, and those who may be one."""
