"""Blender objects from arrays: meshes, strands, eyeballs."""

from __future__ import annotations

import math

import bpy
import garment
import numpy as np
import regions
from mathutils import Matrix, Vector
from mathutils.bvhtree import BVHTree
from strands import Skin, Strands

TO_BLENDER = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], dtype=float)


def tree_of(head: Skin, *pieces: garment.Piece) -> BVHTree:
    """The person and what they wear as one thing that a sheet can lie on."""
    points, quads = [head.points], [head.quads]
    for piece in pieces:
        quads.append(piece.quads + sum(len(part) for part in points))
        points.append(piece.points)
    return BVHTree.FromPolygons(np.concatenate(points).tolist(), np.concatenate(quads).tolist())


def add(name: str, points: np.ndarray, quads: np.ndarray, mats: list, rest: np.ndarray, unroll: bool = False,
         slots: np.ndarray | None = None) -> bpy.types.Object:  # fmt: skip
    data = bpy.data.meshes.new(name)
    data.from_pydata((points @ TO_BLENDER.T).tolist(), [], quads.tolist())
    layer = data.attributes.new("rest", "FLOAT_VECTOR", "POINT")
    layer.data.foreach_set("vector", rest.astype(np.float32).ravel())
    if unroll:
        corners = regions.unrolled(rest)[quads]
        corners[..., 0] += np.where(corners[..., 0] < corners[:, :1, 0] - 0.5, 1, 0)
        corners[..., 0] -= np.where(corners[..., 0] > corners[:, :1, 0] + 0.5, 1, 0)
        data.uv_layers.new(name="unrolled").data.foreach_set("uv", corners.astype(np.float32).ravel())
    for material in mats:
        data.materials.append(material)
    if slots is not None:
        data.polygons.foreach_set("material_index", slots.astype(np.int32))
    data.polygons.foreach_set("use_smooth", np.ones(len(quads), dtype=bool))
    data.update()
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def curves(name: str, strands: Strands, material: bpy.types.Material) -> None:
    count, steps = strands.points.shape[:2]
    data = bpy.data.hair_curves.new(name)
    data.add_curves([steps] * count)
    place = (strands.points.reshape(-1, 3) @ TO_BLENDER.T).astype(np.float32)
    data.attributes["position"].data.foreach_set("vector", place.ravel())
    taper = np.linspace(1, 0.25, steps)
    radius = data.attributes.get("radius") or data.attributes.new("radius", "FLOAT", "POINT")
    radius.data.foreach_set("value", (strands.radius[:, None] * taper).astype(np.float32).ravel())
    data.materials.append(material)
    bpy.context.scene.collection.objects.link(bpy.data.objects.new(name, data))


def eyeball(centre: np.ndarray, radius: float, gaze: np.ndarray, material: bpy.types.Material) -> None:
    bpy.ops.mesh.primitive_uv_sphere_add(segments=40, ring_count=28, radius=1)
    ball = bpy.context.object
    ball.data.transform(Matrix.Rotation(math.pi / 2, 4, "X"))  # the poles look along y
    for vertex in ball.data.vertices:
        towards = -vertex.co.normalized().y
        vertex.co *= 1 + 0.055 * max(0.0, (towards - 0.89) / 0.11)
    for polygon in ball.data.polygons:
        polygon.use_smooth = True
    ball.data.materials.append(material)
    direction = Vector(TO_BLENDER @ gaze).normalized()
    turn = Vector((0, -1, 0)).rotation_difference(direction).to_matrix().to_4x4()
    ball.matrix_world = Matrix.Translation(Vector(TO_BLENDER @ centre)) @ turn @ Matrix.Scale(radius, 4)
