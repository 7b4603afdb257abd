#version 330 core
// The mean colour of one square of a mosaic in each texel.

uniform sampler2D picture;
uniform vec2 corner;  // of the first square, px
uniform float side;   // of a square, px

out vec4 fragment;

const int SAMPLES = 16;  // on a side, each of which the sampler makes of four pixels

void main() {
    vec2 size = vec2(textureSize(picture, 0));
    vec2 start = corner + side * floor(gl_FragCoord.xy);
    vec4 sum = vec4(0.0);
    for (int i = 0; i < SAMPLES; i++) {
        for (int j = 0; j < SAMPLES; j++) {
            vec2 at = start + side * (vec2(i, j) + 0.5) / float(SAMPLES);
            sum += texture(picture, clamp((at + 0.5) / size, 0.0, 1.0));
        }
    }
    fragment = sum / float(SAMPLES * SAMPLES);
}
