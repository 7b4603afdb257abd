#version 330 core
// A projected head: lines across, a bright rim, and what little of its light and shade a beam
// would show. material.exponent is how far the lines have moved, mm; material.specular how
// strong they are; material.translucency how bright the beam is just now.
#include "include/material.glsl"
#include "include/fast.glsl"
#include "include/surface.glsl"

in vec3 lit;

out vec4 fragment;  // sRGB-coded

const float SPACING = 4.2;  // mm
const vec3 LUMINANCE = vec3(0.2126, 0.7152, 0.0722);

void main() {
    vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    float away = 1.0 - clamp(dot(normal, to_viewer), 0.0, 1.0);
    float rim = away * away * (0.35 + 0.65 * away);
    float place = (surface.position.y + material.exponent) / SPACING;
    float pixel = fwidth(place);
    // Lines that would be finer than two pixels fade into their mean.
    float wave = 0.5 + 0.5 * cos(6.2831853 * place) * clamp(1.6 - 2.2 * pixel, 0.0, 1.0);
    float lines = 1.0 - material.specular * (1.0 - wave);
    float slow = 0.5 + 0.5 * cos(0.0449 * (surface.position.y - 2.0 * material.exponent));
    float shade = dot(lit, LUMINANCE) * dot(surface.colour.rgb, LUMINANCE);
    float beam = (0.03 + 0.85 * shade * shade) * lines + 0.16 * slow * slow * slow * slow * shade;
    beam = (beam + 1.3 * rim) * material.translucency;
    vec3 colour = material.colour * beam + vec3(0.85, 0.95, 1.0) * max(beam - 0.55, 0.0) * 0.7;
    float opacity = material.opacity + (1.0 - material.opacity) * min(rim * 2.0, 1.0);
    fragment = vec4(encode_fast(colour), opacity * surface.colour.a);
}
