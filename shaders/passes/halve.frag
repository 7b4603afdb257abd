#version 330 core
// Halves a picture of odd sides too: two samples a texel apart cancel out the finest detail,
// wherever they fall, where one alone would turn it into coarse detail.

in vec2 place;

uniform sampler2D picture;

out vec4 fragment;

void main() {
    vec2 half_texel = 0.5 / vec2(textureSize(picture, 0));
    vec4 top = texture(picture, place - half_texel)
        + texture(picture, place + vec2(half_texel.x, -half_texel.y));
    vec4 bottom = texture(picture, place + half_texel)
        + texture(picture, place + vec2(-half_texel.x, half_texel.y));
    fragment = 0.25 * (top + bottom);
}
