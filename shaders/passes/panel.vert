#version 330 core
// What Dear ImGui makes: corners in px from the window's top left.

layout(location = 0) in vec2 corner;
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 colour;

uniform vec2 size;

out vec2 place;
out vec4 tint;

void main() {
    place = uv;
    tint = colour;
    vec2 scaled = 2.0 * corner / size - 1.0;
    gl_Position = vec4(scaled.x, -scaled.y, 0.0, 1.0);
}
