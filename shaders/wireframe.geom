#version 330 core
// Gives each corner its barycentric coordinates.

layout(triangles) in;
layout(triangle_strip, max_vertices = 3) out;

in Surface {
    vec3 position;
    vec3 normal;
    vec2 uv;
    vec4 colour;
} surface[];

out Corner {
    vec3 barycentric;
    vec2 uv;
    vec4 colour;
} corner;

void main() {
    for (int i = 0; i < 3; i++) {
        corner.barycentric = vec3(i == 0, i == 1, i == 2);
        corner.uv = surface[i].uv;
        corner.colour = surface[i].colour;
        gl_Position = gl_in[i].gl_Position;
        EmitVertex();
    }
    EndPrimitive();
}
