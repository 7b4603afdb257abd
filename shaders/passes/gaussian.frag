#version 330 core
// One direction of a Gaussian filter, out to three sigmas.

in vec2 place;

uniform sampler2D picture;
uniform vec2 direction;  // one texel
uniform float sigma;     // texels

out vec4 fragment;

void main() {
    vec4 sum = texture(picture, place);
    float weights = 1.0;
    int reach = int(ceil(3.0 * sigma));
    for (int i = 1; i <= reach; i++) {
        float weight = exp(-0.5 * float(i * i) / (sigma * sigma));
        vec2 offset = float(i) * direction;
        sum += weight * (texture(picture, place + offset) + texture(picture, place - offset));
        weights += 2.0 * weight;
    }
    fragment = sum / weights;
}
