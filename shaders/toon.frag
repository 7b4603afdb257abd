#version 330 core
// Cel shading: three flat tones, a crisp highlight, and ink of even width on the outlines.
// All borders are as soft as one pixel, so that nothing needs multisampling.
// material.exponent is the width of the ink, px; material.specular the size of the highlight.
#include "include/material.glsl"
#include "include/fast.glsl"
#include "include/surface.glsl"

in vec3 lit;
flat in vec3 most;  // where it comes from

out vec4 fragment;  // sRGB-coded

const vec3 SHADE = vec3(0.36, 0.34, 0.44);  // cooler than what is lit
const vec3 HALF = vec3(0.68, 0.66, 0.70);
const vec3 LUMINANCE = vec3(0.2126, 0.7152, 0.0722);
const vec3 INK = vec3(0.010, 0.008, 0.012);

// 0 below `edge`, 1 above, over one pixel.
float crisp(float value, float edge) {
    float pixel = max(length(vec2(dFdx(value), dFdy(value))), 1e-5);
    return clamp((value - edge) / pixel + 0.5, 0.0, 1.0);
}

// How many pixels away the line is on which `value` is `edge`.
float pixels(float value, float edge) {
    return (value - edge) / max(length(vec2(dFdx(value), dFdy(value))), 1e-5);
}

void main() {
    vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    float bright = dot(lit, LUMINANCE) / max(dot(most, LUMINANCE), 1e-3);
    vec3 tone = mix(SHADE, HALF, crisp(bright, 0.50));
    tone = mix(tone, vec3(1.0), crisp(bright, 0.74));
    vec3 colour = material.colour * surface.colour.rgb * tone * most;
    float facing = dot(normal, normalize(light.direction + to_viewer));
    float edge = 1.0 - 0.016 * material.specular;
    colour = mix(colour, most, 0.75 * crisp(facing, edge) * step(0.01, material.specular));
    // Ink where the surface turns away, and along the border of the mask.
    float seen = dot(normal, to_viewer);
    float width = material.exponent * drawn_share;
    float outline = clamp(width - pixels(seen, 0.0) + 0.5, 0.0, 1.0) * crisp(0.45, seen);
    outline *= smoothstep(0.9, 1.0, surface.colour.a);  // where it fades the border is the line
    float border = pixels(surface.colour.a, 0.5);
    outline = max(outline, clamp(width - border + 0.5, 0.0, 1.0));
    colour = mix(colour, INK, outline);
    float inside = clamp(border + 0.5, 0.0, 1.0);
    fragment = vec4(encode_fast(colour), material.opacity * inside);
}
