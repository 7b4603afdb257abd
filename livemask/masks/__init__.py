"""What is worn: one file per mask or mask family. Data only, no OpenGL."""
