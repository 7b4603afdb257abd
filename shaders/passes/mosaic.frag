#version 330 core
// Squares of one colour each, wherever they touch the region.

uniform sampler2D picture;  // a texel for each square
uniform sampler2D mask;     // of the region
uniform vec2 corner;        // of the first square, px
uniform float side;         // of a square, px
uniform vec2 size;          // of the whole, px

in vec2 place;

out vec4 fragment;

// A half on the region's edge: a little less, lest a corner show what is within.
const float TOUCHED = 0.4;

void main() {
    vec2 at = gl_FragCoord.xy - 0.5;
    vec2 square = floor((at - corner) / side);
    vec2 middle = corner + side * (square + 0.5);
    float touched = texture(mask, place).r;
    for (int i = 0; i < 9; i++) {
        vec2 beside = 0.45 * side * (vec2(i % 3, i / 3) - 1.0);
        touched = max(touched, texture(mask, (middle + beside + 0.5) / size).r);
    }
    if (touched < TOUCHED) {
        discard;
    }
    fragment = texelFetch(picture, ivec2(square), 0);
}
