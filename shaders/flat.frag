#version 330 core
// Plain colour, whatever the light.
#include "include/material.glsl"
#include "include/surface.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    vec4 base = base_colour(surface.uv, surface.colour);
    fragment = vec4(encode_srgb(base.rgb), base.a);
}
