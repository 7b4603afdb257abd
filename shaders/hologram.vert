#version 330 core
// For a dense mesh: what changes slowly comes with the vertices.
#include "include/vertex.glsl"
#include "include/material.glsl"
#include "include/lighting.glsl"

out vec4 viewed;  // unit vector towards the viewer; which line it is
out vec4 facing;  // normal; light on it
out vec3 soft;    // slow waves, how bright the rim is, opacity

const float SPACING = 4.2;  // mm
const vec3 LUMINANCE = vec3(0.2126, 0.7152, 0.0722);

void main() {
    place_vertex();
    vec3 outward = normalize(surface.normal);
    float height = surface.position.y;
    float shade = dot(irradiance(outward), LUMINANCE) * colour.r;
    float wave = 0.5 + 0.5 * cos(0.0449 * (height - 2.0 * material.exponent));
    viewed = vec4(normalize(-surface.position), (height + material.exponent) / SPACING);
    facing = vec4(outward, shade);
    soft = vec3(0.16 * wave * wave * wave * wave * shade, colour.g, alpha);
}
