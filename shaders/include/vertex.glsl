// The inputs of every vertex shader of a look. Their places are those of mesh_cache.py.

layout(location = 0) in vec3 vertex;  // mesh frame, mm
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 uv;
layout(location = 3) in float alpha;
layout(location = 4) in vec3 colour;  // linear

uniform mat4 clip_from_mesh;
uniform mat4 camera_from_mesh;
uniform mat3 camera_from_normal;

invariant gl_Position;  // the depth pass must meet the same depths

out Surface {
    vec3 position;  // camera frame, mm
    vec3 normal;
    vec2 uv;
    vec4 colour;  // linear, with the vertex's alpha
} surface;

void place_vertex() {
    surface.position = (camera_from_mesh * vec4(vertex, 1.0)).xyz;
    surface.normal = camera_from_normal * normal;
    surface.uv = uv;
    surface.colour = vec4(colour, alpha);
    gl_Position = clip_from_mesh * vec4(vertex, 1.0);
}
