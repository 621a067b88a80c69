"""Blender materials: skin from painted pictures, eyes, hair, cloth, grounds."""

from __future__ import annotations

import bpy
import numpy as np
from identity import Colour


def _new(name: str) -> tuple[bpy.types.Material, bpy.types.NodeTree, bpy.types.Node]:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    tree = material.node_tree
    return material, tree, tree.nodes["Principled BSDF"]


def _image(name: str, values: np.ndarray, colour: bool) -> bpy.types.Image:
    tall, wide = values.shape[:2]
    image = bpy.data.images.new(name, wide, tall, float_buffer=True, is_data=True)
    full = np.ones((tall, wide, 4), dtype=np.float32)
    full[..., :3] = values if colour else values[..., None]
    image.pixels.foreach_set(full.ravel())
    image.update()
    return image


def _texture(tree: bpy.types.NodeTree, image: bpy.types.Image) -> bpy.types.Node:
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    node.interpolation = "Cubic"
    return node


def _blend(tree: bpy.types.NodeTree, factor: object, first: object, second: object) -> bpy.types.NodeSocket:
    """Mix two colours; each argument is a socket or a value."""
    node = tree.nodes.new("ShaderNodeMix")
    node.data_type = "RGBA"
    for socket, value in ((node.inputs[0], factor), (node.inputs[6], first), (node.inputs[7], second)):
        if isinstance(value, bpy.types.NodeSocket):
            tree.links.new(value, socket)
        else:
            socket.default_value = (*value, 1) if isinstance(value, tuple) else value
    return node.outputs[2]


def skin(colour: np.ndarray, relief: np.ndarray, rough: np.ndarray, scatter: float) -> bpy.types.Material:
    """Skin from colour (h, w, 3) in linear light, relief (h, w) and roughness (h, w)."""
    material, tree, surface = _new("skin")
    link = tree.links.new
    link(_texture(tree, _image("colour", colour, True)).outputs["Color"], surface.inputs["Base Color"])
    link(_texture(tree, _image("rough", rough, False)).outputs["Color"], surface.inputs["Roughness"])
    bump = tree.nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = 0.85
    bump.inputs["Distance"].default_value = 0.03
    link(_texture(tree, _image("relief", relief, False)).outputs["Color"], bump.inputs["Height"])
    link(bump.outputs["Normal"], surface.inputs["Normal"])
    surface.inputs["Specular IOR Level"].default_value = 0.30
    surface.inputs["Subsurface Weight"].default_value = scatter
    surface.inputs["Subsurface Radius"].default_value = (0.08, 0.035, 0.02)
    surface.inputs["Subsurface Scale"].default_value = 0.7
    surface.subsurface_method = "BURLEY"
    return material


def plain(name: str, colour: Colour, rough: float, coat: float = 0.0) -> bpy.types.Material:
    material, _, surface = _new(name)
    surface.inputs["Base Color"].default_value = (*colour, 1)
    surface.inputs["Roughness"].default_value = rough
    surface.inputs["Coat Weight"].default_value = coat
    surface.inputs["Coat Roughness"].default_value = 0.04
    surface.inputs["Specular IOR Level"].default_value = 0.3
    return material


def eye(iris: tuple[Colour, Colour], red: float, pupil: float) -> bpy.types.Material:
    """An eyeball of unit radius that looks along -y: pupil, iris with rays and a dark rim, white, a wet coat."""
    material, tree, surface = _new("eye")
    link, new = tree.links.new, tree.nodes.new
    place = new("ShaderNodeTexCoord").outputs["Object"]
    apart = new("ShaderNodeSeparateXYZ")
    link(place, apart.inputs[0])

    def math(operation: str, a: object, b: object = 0.0) -> bpy.types.NodeSocket:
        node = new("ShaderNodeMath")
        node.operation = operation
        for socket, value in zip(node.inputs, (a, b), strict=False):
            if isinstance(value, float | int):
                socket.default_value = value
            else:
                link(value, socket)
        return node.outputs[0]

    across = math("SQRT", math("ADD", math("MULTIPLY", apart.outputs["X"], apart.outputs["X"]),
                               math("MULTIPLY", apart.outputs["Z"], apart.outputs["Z"])))  # fmt: skip
    angle = math("ARCTAN2", apart.outputs["Z"], apart.outputs["X"])
    rays = new("ShaderNodeTexNoise")
    rays.noise_dimensions = "2D"
    rays.inputs["Scale"].default_value = 5.5
    polar = new("ShaderNodeCombineXYZ")
    link(math("MULTIPLY", angle, 2.2), polar.inputs["X"])
    link(math("MULTIPLY", across, 1.4), polar.inputs["Y"])
    link(polar.outputs[0], rays.inputs["Vector"])
    sharp = new("ShaderNodeMapRange")
    sharp.inputs["From Min"].default_value, sharp.inputs["From Max"].default_value = 0.36, 0.64
    link(rays.outputs["Fac"], sharp.inputs["Value"])
    stripes = _blend(tree, sharp.outputs[0], iris[1], iris[0])

    def ring(previous: bpy.types.NodeSocket, colour: Colour, low: float, high: float) -> bpy.types.NodeSocket:
        step = new("ShaderNodeMapRange")
        step.interpolation_type = "SMOOTHSTEP"
        step.inputs["From Min"].default_value, step.inputs["From Max"].default_value = low, high
        link(across, step.inputs["Value"])
        return _blend(tree, step.outputs[0], previous, colour)

    dark = tuple(c * 0.35 for c in iris[1])
    white = (0.62, 0.60 - 0.06 * red, 0.57 - 0.09 * red)
    out = ring(stripes, dark, 0.33, 0.41)
    out = ring(out, white, 0.405, 0.445)
    out = ring(out, (0.46, 0.32, 0.29), 0.75, 1.1)
    inner = new("ShaderNodeMapRange")
    inner.interpolation_type = "SMOOTHSTEP"
    inner.inputs["From Min"].default_value, inner.inputs["From Max"].default_value = pupil - 0.02, pupil + 0.02
    link(across, inner.inputs["Value"])
    link(_blend(tree, inner.outputs[0], (0.003, 0.003, 0.003), out), surface.inputs["Base Color"])
    surface.inputs["Roughness"].default_value = 0.4
    surface.inputs["Specular IOR Level"].default_value = 0.1
    surface.inputs["Coat Weight"].default_value = 0.28
    surface.inputs["Coat Roughness"].default_value = 0.05
    return material


def strands(name: str, colour: Colour, grey: float, rough: float = 0.4) -> bpy.types.Material:
    """Hair whose curves carry a random `shade`; a share `grey` of the strands has lost its colour."""
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.remove(tree.nodes["Principled BSDF"])
    hair = tree.nodes.new("ShaderNodeBsdfHairPrincipled")
    hair.model = "CHIANG"
    hair.parametrization = "COLOR"
    hair.inputs["Roughness"].default_value = rough
    hair.inputs["Radial Roughness"].default_value = 0.55
    info = tree.nodes.new("ShaderNodeHairInfo")
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    stops = ramp.color_ramp.elements
    stops[0].position, stops[0].color = 0.0, (*(c * 0.6 for c in colour), 1)
    stops[1].position, stops[1].color = max(0.02, 1 - grey), (*(min(0.9, c * 1.35) for c in colour), 1)
    if grey > 0.02:
        stop = stops.new(min(0.999, max(0.03, 1 - grey) + 0.005))
        stop.color = (0.40, 0.38, 0.35, 1)
    link = tree.links.new
    link(info.outputs["Random"], ramp.inputs[0])
    link(ramp.outputs[0], hair.inputs["Color"])
    link(hair.outputs[0], tree.nodes["Material Output"].inputs["Surface"])
    return material


def cloth(
    colour: Colour, second: Colour | None = None, weave: float = 90.0, crumple: float = 0.0
) -> bpy.types.Material:
    """Woven or knitted cloth; with `second`, an open front of |x| on the undeformed body shows that colour."""
    material, tree, surface = _new("cloth")
    link, new = tree.links.new, tree.nodes.new
    rest = new("ShaderNodeAttribute")
    rest.attribute_name = "rest"
    grain = new("ShaderNodeTexNoise")
    grain.inputs["Scale"].default_value = weave
    grain.inputs["Detail"].default_value = 2
    link(rest.outputs["Vector"], grain.inputs["Vector"])
    folds = new("ShaderNodeTexNoise")
    folds.inputs["Scale"].default_value = 2.4
    folds.inputs["Detail"].default_value = 3
    link(rest.outputs["Vector"], folds.inputs["Vector"])
    total = new("ShaderNodeMath")
    total.operation = "MULTIPLY_ADD"
    link(grain.outputs["Fac"], total.inputs[0])
    total.inputs[1].default_value = 0.10
    link(folds.outputs["Fac"], total.inputs[2])
    bump = new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = 0.5 + crumple
    bump.inputs["Distance"].default_value = 0.12
    link(total.outputs[0], bump.inputs["Height"])
    link(bump.outputs[0], surface.inputs["Normal"])
    out = _blend(tree, grain.outputs["Fac"], tuple(c * 0.82 for c in colour), tuple(min(0.9, c * 1.15) for c in colour))
    if second is not None:
        apart = new("ShaderNodeSeparateXYZ")
        link(rest.outputs["Vector"], apart.inputs[0])
        aside = new("ShaderNodeMath")
        aside.operation = "ABSOLUTE"
        link(apart.outputs["X"], aside.inputs[0])
        edge = new("ShaderNodeMath")
        edge.operation = "MULTIPLY_ADD"
        link(apart.outputs["Y"], edge.inputs[0])
        edge.inputs[1].default_value, edge.inputs[2].default_value = 0.45, -2.10
        open_front = new("ShaderNodeMath")
        open_front.operation = "LESS_THAN"
        link(aside.outputs[0], open_front.inputs[0])
        link(edge.outputs[0], open_front.inputs[1])
        front = new("ShaderNodeMath")
        front.operation = "GREATER_THAN"
        link(apart.outputs["Z"], front.inputs[0])
        front.inputs[1].default_value = 0.1
        both = new("ShaderNodeMath")
        both.operation = "MULTIPLY"
        link(open_front.outputs[0], both.inputs[0])
        link(front.outputs[0], both.inputs[1])
        out = _blend(tree, both.outputs[0], out, second)
    link(out, surface.inputs["Base Color"])
    surface.inputs["Roughness"].default_value = 0.88
    surface.inputs["Specular IOR Level"].default_value = 0.2
    surface.inputs["Sheen Weight"].default_value = 0.12
    return material


_GROUNDS = {
    # name: two colours (linear), feature size, roughness, stretch along x, relief
    "grey": ((0.30, 0.31, 0.33), (0.36, 0.37, 0.38), 0.25, 0.9, 1.0, 0.0),
    "sand": ((0.46, 0.40, 0.31), (0.54, 0.47, 0.38), 0.25, 0.9, 1.0, 0.0),
    "blue": ((0.16, 0.24, 0.36), (0.24, 0.33, 0.46), 0.25, 0.9, 1.0, 0.0),
    "green": ((0.20, 0.27, 0.20), (0.28, 0.35, 0.27), 0.25, 0.9, 1.0, 0.0),
    "dark": ((0.05, 0.05, 0.06), (0.10, 0.10, 0.11), 0.25, 0.9, 1.0, 0.0),
    "garden": ((0.07, 0.10, 0.06), (0.30, 0.35, 0.24), 0.9, 0.9, 1.0, 0.0),
    "steel": ((0.30, 0.31, 0.32), (0.40, 0.41, 0.42), 1.4, 0.42, 14.0, 0.03),
    "tarpaulin": ((0.05, 0.13, 0.26), (0.08, 0.19, 0.34), 1.2, 0.55, 1.0, 0.8),
    "sheet": ((0.52, 0.54, 0.55), (0.62, 0.63, 0.63), 1.0, 0.9, 1.0, 0.8),
    "boards": ((0.16, 0.10, 0.06), (0.30, 0.21, 0.13), 1.5, 0.8, 9.0, 0.25),
    "earth": ((0.07, 0.05, 0.035), (0.20, 0.15, 0.10), 3.5, 0.98, 1.0, 1.0),
    "bag": ((0.022, 0.023, 0.026), (0.05, 0.05, 0.055), 1.1, 0.38, 1.0, 0.9),
}


def ground(name: str) -> bpy.types.Material:
    low, high, scale, rough, stretch, depth = _GROUNDS[name]
    material, tree, surface = _new("ground")
    link, new = tree.links.new, tree.nodes.new
    place = new("ShaderNodeTexCoord")
    mapping = new("ShaderNodeMapping")
    mapping.inputs["Scale"].default_value = (1.0, stretch, 1.0)
    link(place.outputs["Object"], mapping.inputs["Vector"])
    pattern = new("ShaderNodeTexNoise")
    pattern.inputs["Scale"].default_value = scale
    pattern.inputs["Detail"].default_value = 5
    link(mapping.outputs[0], pattern.inputs["Vector"])
    spread = new("ShaderNodeMapRange")
    spread.inputs["From Min"].default_value, spread.inputs["From Max"].default_value = 0.35, 0.65
    link(pattern.outputs["Fac"], spread.inputs["Value"])
    link(_blend(tree, spread.outputs[0], low, high), surface.inputs["Base Color"])
    surface.inputs["Roughness"].default_value = rough
    if depth:
        bump = new("ShaderNodeBump")
        bump.inputs["Strength"].default_value = depth
        bump.inputs["Distance"].default_value = 0.35
        link(pattern.outputs["Fac"], bump.inputs["Height"])
        link(bump.outputs[0], surface.inputs["Normal"])
    return material
