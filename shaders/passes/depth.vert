#version 330 core

layout(location = 0) in vec3 vertex;
layout(location = 2) in vec2 uv;

uniform mat4 clip_from_mesh;

invariant gl_Position;  // the colour pass must meet the same depths

out vec2 surface_uv;

void main() {
    surface_uv = uv;
    gl_Position = clip_from_mesh * vec4(vertex, 1.0);
}
