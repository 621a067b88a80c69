"""Small helpers for building shader node trees."""

from __future__ import annotations

import bpy
import numpy as np


def material(name: str) -> tuple[bpy.types.Material, bpy.types.NodeTree, bpy.types.Node]:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    tree = material.node_tree
    return material, tree, tree.nodes["Principled BSDF"]


def image(name: str, values: np.ndarray, colour: bool) -> bpy.types.Image:
    tall, wide = values.shape[:2]
    image = bpy.data.images.new(name, wide, tall, float_buffer=True, is_data=True)
    full = np.ones((tall, wide, 4), dtype=np.float32)
    full[..., :3] = values if colour else values[..., None]
    image.pixels.foreach_set(full.ravel())
    image.update()
    return image


def texture(tree: bpy.types.NodeTree, image: bpy.types.Image) -> bpy.types.Node:
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    node.interpolation = "Cubic"
    return node


def blend(tree: bpy.types.NodeTree, factor: object, first: object, second: object) -> bpy.types.NodeSocket:
    """Mix two colours; each argument is a socket or a value."""
    node = tree.nodes.new("ShaderNodeMix")
    node.data_type = "RGBA"
    for socket, value in ((node.inputs[0], factor), (node.inputs[6], first), (node.inputs[7], second)):
        if isinstance(value, bpy.types.NodeSocket):
            tree.links.new(value, socket)
        else:
            socket.default_value = (*value, 1) if isinstance(value, tuple) else value
    return node.outputs[2]
