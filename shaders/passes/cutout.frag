#version 330 core

in vec2 surface_uv;

uniform sampler2D cutout;

void main() {
    if (texture(cutout, surface_uv).a < 0.5) {
        discard;
    }
}
