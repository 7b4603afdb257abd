#version 330 core
// The surface of a VRM character (MToon): two colours, one for light and one for shadow, as
// bright as what looks at the viewer would be in the light of the room.
#include "include/coded.glsl"
#include "include/material.glsl"
#include "include/lighting.glsl"
#include "include/surface.glsl"
#include "include/finish.glsl"
#include "include/fast.glsl"

out vec4 fragment;  // sRGB-coded

// Share of the light that falls on what looks at the viewer: below the first all is shadow,
// above the second none is.
const float DARK = 0.62, BRIGHT = 0.78;

// Between these the light of the room may be seen: a character is drawn to be looked at.
const float DIMMEST = 0.35, BRIGHTEST = 1.05;

void main() {
    vec4 base = base_colour(surface.uv, surface.colour);
#if LIT
    vec3 ahead = irradiance(vec3(0.0, 0.0, 1.0));
    float most = max(max(ahead.r, ahead.g), max(ahead.b, 1e-3));
    float share = dot(irradiance(fine_normal()), vec3(1.0)) / max(dot(ahead, vec3(1.0)), 1e-3);
    vec3 shadow = finish.shadow / max(material.colour, vec3(1e-3));
    base.rgb *= mix(shadow, vec3(1.0), smoothstep(DARK, BRIGHT, share));
    base.rgb *= ahead * clamp(most, DIMMEST, BRIGHTEST) / most;
#endif
    fragment = vec4(encode_fast(base.rgb + glowing()), base.a);
}
