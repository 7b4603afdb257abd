#version 330 core

in vec2 place;
in vec4 tint;

uniform sampler2D picture;

out vec4 fragment;

void main() {
    fragment = tint * texture(picture, place);
}
