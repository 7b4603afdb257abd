#version 330 core
#include "include/material.glsl"
#include "include/lighting.glsl"

in Surface {
    vec3 position;
    vec3 normal;
    vec2 uv;
    float alpha;
    vec3 colour;
} surface;

out vec4 fragment;  // sRGB-coded

void main() {
    vec4 base = base_colour(surface.uv);
    base.rgb *= surface.colour;
    if (material.lit) {
        vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
        base.rgb = shade(base.rgb, normal, normalize(-surface.position));
    }
    fragment = vec4(encode_srgb(base.rgb), base.a * surface.alpha);
}
