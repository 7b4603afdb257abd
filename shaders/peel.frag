#version 330 core
// As `fruit`, and what is dark in the texture is a dent: it is compared with the texture a step
// towards the light (Schlag 1994, "Fast embossing effects on raster image data").
#include "include/material.glsl"
#include "include/surface.glsl"
#include "include/quick_srgb.glsl"
#include "include/wax.glsl"

out vec4 fragment;  // sRGB-coded

const float DEPTH = 1.6;

void main() {
    vec4 base = base_colour(surface.uv, surface.colour);
    float here = dot(base.rgb, vec3(0.3, 0.6, 0.1));
    float ahead = dot(texture(material.texture, surface.uv + uphill).rgb, vec3(0.3, 0.6, 0.1));
    fragment = vec4(quick_encode(wax(base.rgb, DEPTH * (ahead - here))), base.a);
}
