#version 330 core
// As `fruit`, and what is dark in the texture is a dent: it is compared with the texture a step
// towards the light (Schlag 1994, "Fast embossing effects on raster image data").
#pragma texture coded
#include "include/material.glsl"
#include "include/surface.glsl"
#include "include/wax.glsl"

out vec4 fragment;  // sRGB-coded

const vec3 DEPTH = 1.6 * vec3(0.3, 0.6, 0.1);

void main() {
    vec3 here = texture(material.texture, surface.uv).rgb;
    vec3 ahead = texture(material.texture, surface.uv + uphill).rgb;
    vec3 albedo = here * here;
    float rise = dot(ahead * ahead - albedo, DEPTH);
    fragment = vec4(wax(albedo, rise), material.opacity * surface.colour.a);
}
