#version 330 core
// One direction of a Gaussian filter, out to three sigmas. Weights follow from one another
// (Turkowski, GPU Gems 3, ch. 40), and the sampler takes two texels at a time.

in vec2 place;

uniform sampler2D picture;
uniform vec2 direction;  // one texel
uniform float sigma;     // texels

out vec4 fragment;

void main() {
    vec4 sum = texture(picture, place);
    float total = 1.0;
    float fall = exp(-1.0 / (sigma * sigma));
    float step_down = sqrt(fall), weight = 1.0;
    int reach = int(ceil(3.0 * sigma));
    for (int i = 1; i <= reach; i += 2) {
        float near = weight * step_down;
        float far = near * step_down * fall;
        weight = far;
        step_down *= fall * fall;
        float both = near + far;
        vec2 offset = (float(i) + far / max(both, 1e-9)) * direction;
        sum += both * (texture(picture, place + offset) + texture(picture, place - offset));
        total += 2.0 * both;
    }
    fragment = sum / total;
}
