#version 330 core
// The video, multiplied by linear vertex colours: eyes and mouths that lie on something else.
#include "include/material.glsl"
#include "include/surface.glsl"

in vec3 gain;

out vec4 fragment;  // sRGB-coded

void main() {
    vec3 video = texture(material.texture, surface.uv).rgb;
#if TEXTURE == 1
    video = encode_srgb(video);  // a picture that was kept
#endif
    fragment = vec4(video * gain, material.opacity * surface.colour.a);
}
