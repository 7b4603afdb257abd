#version 330 core
// Lays the blurred picture over the sharp one, as far as its alpha says.

in vec2 place;

uniform sampler2D picture;

out vec4 fragment;

// Even noise of 0 to 1 per pixel (Jimenez 2014, "Next generation post processing in Call of
// Duty"): it hides the steps of 8 bits, which wide gradients would show as a weave.
const float GRAIN = 3.0 / 255.0;

float grain() {
    return fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
}

void main() {
    vec4 blurred = texture(picture, place);
    fragment = vec4(blurred.rgb + GRAIN * (grain() - 0.5), blurred.a);
}
