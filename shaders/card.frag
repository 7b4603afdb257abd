#version 330 core
// A picture that has a texel for each pixel, as it is: quick, for it covers all of the frame.
#include "include/material.glsl"
#include "include/surface.glsl"
#include "include/quick_srgb.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    ivec2 size = textureSize(material.texture, 0);
    ivec2 texel = clamp(ivec2(surface.uv * vec2(size)), ivec2(0), size - 1);
    vec3 linear = texelFetch(material.texture, texel, 0).rgb;
    fragment = vec4(quick_encode(linear), material.opacity);
}
