"""Blender materials of what is around the person: cloth, and the ground or wall behind."""

from __future__ import annotations

import bpy
from nodes import blend
from nodes import material as new_material
from palette import Colour


def cloth(
    colour: Colour, second: Colour | None = None, weave: float = 90.0, crumple: float = 0.0
) -> bpy.types.Material:
    """Woven or knitted cloth; with `second`, an open front of |x| on the undeformed body shows that colour."""
    material, tree, surface = new_material("cloth")
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
    out = blend(tree, grain.outputs["Fac"], tuple(c * 0.82 for c in colour), tuple(min(0.9, c * 1.15) for c in colour))
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
        out = blend(tree, both.outputs[0], out, second)
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
    material, tree, surface = new_material("ground")
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
    link(blend(tree, spread.outputs[0], low, high), surface.inputs["Base Color"])
    surface.inputs["Roughness"].default_value = rough
    if depth:
        bump = new("ShaderNodeBump")
        bump.inputs["Strength"].default_value = depth
        bump.inputs["Distance"].default_value = 0.35
        link(pattern.outputs["Fac"], bump.inputs["Height"])
        link(bump.outputs[0], surface.inputs["Normal"])
    return material
