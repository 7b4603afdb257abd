#version 330 core
// A projected head: lines across, a bright rim, and what little of its light and shade a beam
// would show. material.exponent is how far the lines have moved, mm; material.specular how
// strong they are; material.translucency how bright the beam is just now.
#include "include/material.glsl"
#include "include/fast.glsl"

in vec4 viewed;
in vec4 facing;
in vec3 soft;

out vec4 fragment;  // sRGB-coded

void main() {
    float along = dot(facing.xyz, viewed.xyz) * inversesqrt(dot(facing.xyz, facing.xyz));
    float away = 1.0 - clamp(abs(along), 0.0, 1.0);
    float rim = away * away * (0.35 + 0.65 * away);
    // Lines that would be finer than two pixels fade into their mean.
    float fine = clamp(1.6 - 2.2 * fwidth(viewed.w), 0.0, 1.0);
    float across = abs(2.0 * fract(viewed.w) - 1.0);
    float wave = 0.5 + (across * across * (3.0 - 2.0 * across) - 0.5) * fine;
    float lines = 1.0 - material.specular * (1.0 - wave);
    float beam = (0.03 + 0.85 * facing.w * facing.w) * lines + soft.x;
    beam = (beam + 1.3 * rim * soft.y) * material.translucency;
    vec3 colour = material.colour * beam + vec3(0.60, 0.67, 0.70) * max(beam - 0.55, 0.0);
    float opacity = material.opacity + (1.0 - material.opacity) * min(rim * 2.0, 1.0);
    fragment = vec4(encode_fast(colour), opacity * soft.z);
}
