#version 330 core
// See avatar.vert.
#include "include/material.glsl"
#include "include/fast.glsl"
#include "include/surface.glsl"

in vec3 lit;
in vec3 added;

out vec4 fragment;  // sRGB-coded

void main() {
    vec4 base = base_colour(surface.uv, surface.colour);
    fragment = vec4(encode_fast(base.rgb * lit + added), base.a);
}
