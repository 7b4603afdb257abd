#version 330 core
// The built-in performer: light and highlights come with the vertices, detail and gloss with
// the texture. Short, since most computers that film it have no GPU.
#pragma prepass never
#include "include/material.glsl"
#include "include/surface.glsl"

in float shine;

out vec4 fragment;  // coded by the curve of a camera

void main() {
    // The nearest texel: it is about as large as a pixel, and filters cost more than all else.
    ivec2 texel = ivec2(fract(surface.uv) * vec2(textureSize(material.texture, 0)));
    vec4 detail = texelFetch(material.texture, texel, 0);
    vec3 root = sqrt(detail.rgb * surface.colour.rgb + detail.a * shine);
    // Near sRGB's, with a shoulder for what is brighter than white.
    fragment = vec4(root * (1.18 - 0.22 * root), surface.colour.a);
}
