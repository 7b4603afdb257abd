#version 330 core
// Glass before an eye: it tints what is behind it, more at the top, and mirrors the room, the
// more of it the flatter one looks at it (Schlick 1994, "An inexpensive BRDF model for
// physically-based rendering"). material.colour is the tint, the vertices' alpha how deep it is,
// material.specular how much is mirrored head on.
#include "include/material.glsl"
#include "include/lighting.glsl"
#include "include/environment.glsl"
#include "include/fast.glsl"
#include "include/surface.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    float away = 1.0 - max(dot(normal, to_viewer), 0.0);
    float share = material.specular + (1.0 - material.specular) * away * away * away * away * away;
    vec3 mirrored = share * environment(reflect(-to_viewer, normal), 0.12);
    float tint = surface.colour.a;
    vec3 shine = encode_fast(mirrored);
    float bright = max(max(shine.r, shine.g), shine.b);
    float alpha = clamp(tint + bright - tint * bright, 0.001, 1.0);
    vec3 glass = encode_fast(material.colour * irradiance(normal));
    fragment = vec4((tint * glass * (1.0 - bright) + shine) / alpha, alpha * material.opacity);
}
