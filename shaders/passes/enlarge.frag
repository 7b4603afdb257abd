#version 330 core
// Enlarges with a cubic B-spline, in four bilinear samples (Sigg & Hadwiger, GPU Gems 2, ch. 20):
// bilinear alone would show the grid of a picture this small. Its alpha is how much of it shall
// be seen.

in vec2 place;

uniform sampler2D picture;
uniform sampler2D mask;

out vec4 fragment;

void main() {
    vec2 size = vec2(textureSize(picture, 0));
    vec2 at = place * size - 0.5;
    vec2 f = fract(at);
    vec2 w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0;
    vec2 w1 = (4.0 + 3.0 * f * f * (f - 2.0)) / 6.0;
    vec2 w3 = f * f * f / 6.0;
    vec2 w2 = 1.0 - w0 - w1 - w3;
    vec2 left = (floor(at) - 0.5 + w1 / (w0 + w1)) / size;
    vec2 right = (floor(at) + 1.5 + w3 / (w2 + w3)) / size;
    vec2 share = w0 + w1;
    vec4 top = mix(texture(picture, right), texture(picture, vec2(left.x, right.y)), share.x);
    vec4 bottom = mix(texture(picture, vec2(right.x, left.y)), texture(picture, left), share.x);
    fragment = mix(top, bottom, share.y);
#if MASKED
    // The filtered edge of the region is at one half: the soft edge lies outside of it. It begins
    // and ends without a bend, which the eye would take for a line.
    fragment.a = smoothstep(0.0, 0.4, texture(mask, place).r);
#else
    fragment.a = 1.0;
#endif
}
