#version 330 core
// The built-in performer: light and highlights come with the vertices, detail and gloss with
// the texture. Short, since most computers that film it have no GPU.
#pragma prepass never
#include "include/material.glsl"
#include "include/surface.glsl"

in float shine;

out vec4 fragment;  // coded by the curve of a camera

void main() {
    // Level 0 always: the texture is hardly finer than the picture, and levels cost most here.
    vec4 detail = textureLod(material.texture, surface.uv, 0.0);
    vec3 root = sqrt(detail.rgb * surface.colour.rgb + detail.a * shine);
    // Near sRGB's, with a shoulder for what is brighter than white.
    fragment = vec4(root * (1.18 - 0.22 * root), surface.colour.a);
}
