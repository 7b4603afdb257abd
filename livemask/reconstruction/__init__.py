"""From a photo to files: meshes and pictures."""
