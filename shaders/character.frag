#version 330 core
// The surface of a glTF character: colour, normal map, light, and what shines of itself.
#include "include/coded.glsl"
#include "include/material.glsl"
#include "include/lighting.glsl"
#include "include/surface.glsl"
#include "include/finish.glsl"
#include "include/fast.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    vec4 base = base_colour(surface.uv, surface.colour);
#if LIT
    base.rgb = shade(base.rgb, fine_normal(), normalize(-surface.position));
#endif
    fragment = vec4(encode_fast(base.rgb + glowing()), base.a);
}
