#version 330 core

layout(location = 0) in vec2 corner;  // image, px

uniform vec2 size;  // of the image, px

out vec2 place;  // 0 to 1, as in screen.vert

void main() {
    place = (corner + 0.5) / size;
    gl_Position = vec4(2.0 * place - 1.0, 1.0, 1.0);  // as far away as can be
}
