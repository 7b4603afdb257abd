#version 330 core
// Makes a picture whose sides can be divided by four a quarter as large: each sample is the mean
// of four pixels.

in vec2 place;

uniform sampler2D picture;

out vec4 fragment;

void main() {
    vec2 texel = 1.0 / vec2(textureSize(picture, 0));
    vec4 top = texture(picture, place - texel) + texture(picture, place + vec2(texel.x, -texel.y));
    vec4 bottom = texture(picture, place + texel) + texture(picture, place + vec2(-texel.x, texel.y));
    fragment = 0.25 * (top + bottom);
}
