#version 330 core
// Bare metal: it mirrors what is around, in its own colour, and all of it where it turns away
// (Schlick 1994, "An inexpensive BRDF model for physically-based rendering").
// material.colour is what it mirrors head on; material.exponent says how smooth it is.
#include "include/material.glsl"
#include "include/lighting.glsl"
#include "include/environment.glsl"
#include "include/fast.glsl"
#include "include/surface.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    float seen = max(dot(normal, to_viewer), 0.0);
    float roughness = sqrt(2.0 / (material.exponent + 2.0));
    float away = 1.0 - seen;
    float grazing = away * away * away * away * away;
    vec3 mirrored = mix(material.colour, vec3(1.0), grazing);
    vec3 around = environment(reflect(-to_viewer, normal), roughness);
    // Creases, whose vertices are dark, are filled with patina: no mirror there.
    vec3 patina = material.colour * surface.colour.rgb * irradiance(normal);
    float clean = clamp(surface.colour.g, 0.0, 1.0);
    // What was mirrored twice, between its own bumps, has the metal's colour twice.
    vec3 twice = 0.18 * material.colour * material.colour * irradiance(normal);
    vec3 colour = mix(0.4 * patina, mirrored * around + twice, clean);
    fragment = vec4(encode_fast(colour), material.opacity * surface.colour.a);
}
