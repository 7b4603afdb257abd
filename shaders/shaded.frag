#version 330 core
#include "include/material.glsl"
#include "include/lighting.glsl"
#include "include/surface.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
#if TEXTURE == 2 && !LIT && !TINTED
    fragment = vec4(texture(material.texture, surface.uv).rgb, material.opacity * surface.colour.a);
#else
    vec4 base = base_colour(surface.uv, surface.colour);
#if LIT
    vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
    base.rgb = shade(base.rgb, normal, normalize(-surface.position));
#endif
    fragment = vec4(encode_srgb(base.rgb), base.a);
#endif
}
