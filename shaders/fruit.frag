#version 330 core
#include "include/material.glsl"
#include "include/surface.glsl"
#include "include/quick_srgb.glsl"
#include "include/wax.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    vec4 base = base_colour(surface.uv, surface.colour);
    fragment = vec4(quick_encode(wax(base.rgb, 0.0)), base.a);
}
