#version 330 core
// Squares of one colour each, those that touch the region.

uniform sampler2D picture;  // a texel for each square, made by average.frag
uniform vec2 corner;        // of the first square, px
uniform float side;         // of a square, px

out vec4 fragment;

void main() {
    vec2 square = (gl_FragCoord.xy - 0.5 - corner) / side;
    fragment = texelFetch(picture, ivec2(square), 0);
    if (fragment.a < 0.5) {
        discard;
    }
}
