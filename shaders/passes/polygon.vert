#version 330 core

layout(location = 0) in vec2 corner;  // image, px

uniform vec2 size;  // of the image, px

void main() {
    gl_Position = vec4((corner + 0.5) / size * 2.0 - 1.0, 0.0, 1.0);
}
