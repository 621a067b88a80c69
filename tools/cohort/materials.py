"""Blender materials of the person: skin from painted pictures, eyes, hair."""

from __future__ import annotations

import bpy
import numpy as np
from nodes import blend, image, texture
from nodes import material as new_material
from palette import Colour


def skin(colour: np.ndarray, relief: np.ndarray, rough: np.ndarray, scatter: float) -> bpy.types.Material:
    """Skin from colour (h, w, 3) in linear light, relief (h, w) and roughness (h, w)."""
    material, tree, surface = new_material("skin")
    link = tree.links.new
    link(texture(tree, image("colour", colour, True)).outputs["Color"], surface.inputs["Base Color"])
    link(texture(tree, image("rough", rough, False)).outputs["Color"], surface.inputs["Roughness"])
    bump = tree.nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = 0.85
    bump.inputs["Distance"].default_value = 0.03
    link(texture(tree, image("relief", relief, False)).outputs["Color"], bump.inputs["Height"])
    link(bump.outputs["Normal"], surface.inputs["Normal"])
    surface.inputs["Specular IOR Level"].default_value = 0.30
    surface.inputs["Subsurface Weight"].default_value = scatter
    surface.inputs["Subsurface Radius"].default_value = (0.08, 0.035, 0.02)
    surface.inputs["Subsurface Scale"].default_value = 0.7
    surface.subsurface_method = "BURLEY"
    return material


def plain(name: str, colour: Colour, rough: float, coat: float = 0.0) -> bpy.types.Material:
    material, _, surface = new_material(name)
    surface.inputs["Base Color"].default_value = (*colour, 1)
    surface.inputs["Roughness"].default_value = rough
    surface.inputs["Coat Weight"].default_value = coat
    surface.inputs["Coat Roughness"].default_value = 0.04
    surface.inputs["Specular IOR Level"].default_value = 0.3
    return material


def eye(iris: tuple[Colour, Colour], red: float, pupil: float) -> bpy.types.Material:
    """An eyeball of unit radius that looks along -y: pupil, iris with rays and a dark rim, white, a wet coat."""
    material, tree, surface = new_material("eye")
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
    stripes = blend(tree, sharp.outputs[0], iris[1], iris[0])

    def ring(previous: bpy.types.NodeSocket, colour: Colour, low: float, high: float) -> bpy.types.NodeSocket:
        step = new("ShaderNodeMapRange")
        step.interpolation_type = "SMOOTHSTEP"
        step.inputs["From Min"].default_value, step.inputs["From Max"].default_value = low, high
        link(across, step.inputs["Value"])
        return blend(tree, step.outputs[0], previous, colour)

    dark = tuple(c * 0.35 for c in iris[1])
    white = (0.62, 0.60 - 0.06 * red, 0.57 - 0.09 * red)
    out = ring(stripes, dark, 0.33, 0.41)
    out = ring(out, white, 0.405, 0.445)
    out = ring(out, (0.46, 0.32, 0.29), 0.75, 1.1)
    inner = new("ShaderNodeMapRange")
    inner.interpolation_type = "SMOOTHSTEP"
    inner.inputs["From Min"].default_value, inner.inputs["From Max"].default_value = pupil - 0.02, pupil + 0.02
    link(across, inner.inputs["Value"])
    link(blend(tree, inner.outputs[0], (0.003, 0.003, 0.003), out), surface.inputs["Base Color"])
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
