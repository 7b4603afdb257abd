#version 330 core
// In each texel the mean colour of one square of a mosaic, and as its alpha whether it touches
// the region.

uniform sampler2D picture;
uniform sampler2D mask;  // of the region
uniform vec2 corner;     // of the first square, px
uniform float side;      // of a square, px

out vec4 fragment;

const int SAMPLES = 16;  // on a side, each of which the sampler makes of four pixels
const int LOOKS = 8;     // on a side, both edges included

// A half on the region's edge: a little less, lest a corner show what is within.
const float TOUCHED = 0.4;

void main() {
    vec2 size = vec2(textureSize(picture, 0));
    vec2 start = corner + side * floor(gl_FragCoord.xy);
    vec3 sum = vec3(0.0);
    for (int i = 0; i < SAMPLES; i++) {
        for (int j = 0; j < SAMPLES; j++) {
            vec2 at = start + side * (vec2(i, j) + 0.5) / float(SAMPLES);
            sum += texture(picture, (at + 0.5) / size).rgb;
        }
    }
    float touched = 0.0;
    for (int i = 0; i < LOOKS; i++) {
        for (int j = 0; j < LOOKS; j++) {
            vec2 at = start + side * vec2(i, j) / float(LOOKS - 1);
            touched = max(touched, texture(mask, (at + 0.5) / size).r);
        }
    }
    fragment = vec4(sum / float(SAMPLES * SAMPLES), step(TOUCHED, touched));
}
