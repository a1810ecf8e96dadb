"""Fewer triangles for nearly the same surface: edges are collapsed onto one of their ends, those that change
the surface least first (Garland and Heckbert 1997). Vertices keep their places, so they keep their weights too."""

import heapq
from collections import defaultdict

import numpy as np

EDGE_PENALTY = 4.0
"""How much more a point may not leave an edge between two parts than the surface."""
LEAST_COSINE = 0.2
"""A triangle that would turn by more than this is not collapsed."""


def plane_quadric(normal, point, weight):
    a, b, c = normal
    d = -(a * point[0] + b * point[1] + c * point[2])
    plane = (a, b, c, d)
    return [weight * plane[i] * plane[j] for i in range(4) for j in range(i, 4)]


def cost_at(q, point):
    x, y, z = point
    return (
        q[0] * x * x + 2 * q[1] * x * y + 2 * q[2] * x * z + 2 * q[3] * x
        + q[4] * y * y + 2 * q[5] * y * z + 2 * q[6] * y
        + q[7] * z * z + 2 * q[8] * z + q[9]
    )


def cross(u, v):
    return (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])


def minus(u, v):
    return (u[0] - v[0], u[1] - v[1], u[2] - v[2])


def dot(u, v):
    return u[0] * v[0] + u[1] * v[1] + u[2] * v[2]


class Surface:
    def __init__(self, vertices, triangles, parts, fine):
        self.points = [tuple(point) for point in vertices.tolist()]
        self.triangles = [list(triangle) for triangle in triangles.tolist()]
        self.parts = parts.tolist()
        self.fine = fine.tolist()
        self.alive = [True] * len(self.triangles)
        self.count = len(self.triangles)
        self.around = defaultdict(set)
        for k, triangle in enumerate(self.triangles):
            for vertex in triangle:
                self.around[vertex].add(k)
        self.quadrics = defaultdict(lambda: [0.0] * 10)
        self.changed = defaultdict(int)
        self.heap = []
        self.rim = set()
        self.measure()

    def add(self, vertex, quadric):
        self.quadrics[vertex] = [a + b for a, b in zip(self.quadrics[vertex], quadric)]

    def measure(self):
        edges = defaultdict(list)
        for k, triangle in enumerate(self.triangles):
            a, b, c = (self.points[vertex] for vertex in triangle)
            across = cross(minus(b, a), minus(c, a))
            size = dot(across, across) ** 0.5
            if size < 1e-12:
                continue
            normal = tuple(each / size for each in across)
            for vertex in triangle:
                self.add(vertex, plane_quadric(normal, a, size / 6))
            for i in range(3):
                edge = tuple(sorted((triangle[i], triangle[(i + 1) % 3])))
                edges[edge].append((k, normal))
        for (a, b), sides in edges.items():
            if len(sides) == 2 and self.parts[sides[0][0]] == self.parts[sides[1][0]]:
                continue
            self.rim.update((a, b))
            along = minus(self.points[b], self.points[a])
            for _, normal in sides:
                wall = cross(along, normal)
                size = dot(wall, wall) ** 0.5
                if size > 1e-12:
                    wall = tuple(each / size for each in wall)
                    quadric = plane_quadric(wall, self.points[a], EDGE_PENALTY * dot(along, along))
                    self.add(a, quadric)
                    self.add(b, quadric)
        for a, b in edges:
            self.push(a, b)

    def push(self, a, b):
        both = [p + q for p, q in zip(self.quadrics[a], self.quadrics[b])]
        length = dot(minus(self.points[a], self.points[b]), minus(self.points[a], self.points[b]))
        for gone, stays in ((a, b), (b, a)):
            if gone in self.rim and stays not in self.rim:
                continue
            cost = max(cost_at(both, self.points[stays]), 0.0) + 1e-7 * length
            weight = max(self.fine[gone], self.fine[stays]) ** 2
            heapq.heappush(self.heap, (cost * weight, gone, stays, self.changed[gone], self.changed[stays]))

    def neighbours(self, vertex):
        return {other for k in self.around[vertex] for other in self.triangles[k]} - {vertex}

    def may_collapse(self, gone, stays):
        shared = self.around[gone] & self.around[stays]
        if not shared or len(self.neighbours(gone) & self.neighbours(stays)) > 2:
            return False
        for k in self.around[gone] - shared:
            old = [self.points[vertex] for vertex in self.triangles[k]]
            new = [self.points[stays if vertex == gone else vertex] for vertex in self.triangles[k]]
            before = cross(minus(old[1], old[0]), minus(old[2], old[0]))
            after = cross(minus(new[1], new[0]), minus(new[2], new[0]))
            sizes = (dot(before, before) * dot(after, after)) ** 0.5
            if sizes < 1e-16 or dot(before, after) < LEAST_COSINE * sizes:
                return False
        return True

    def collapse(self, gone, stays):
        for k in list(self.around[gone]):
            triangle = self.triangles[k]
            if stays in triangle:
                self.alive[k] = False
                self.count -= 1
                for vertex in triangle:
                    self.around[vertex].discard(k)
            else:
                triangle[triangle.index(gone)] = stays
                self.around[stays].add(k)
        self.add(stays, self.quadrics[gone])
        del self.around[gone]
        self.changed[gone] += 1
        self.changed[stays] += 1
        for other in self.neighbours(stays):
            self.push(stays, other)

    def reduce(self, count):
        while self.count > count and self.heap:
            _, gone, stays, *seen = heapq.heappop(self.heap)
            if seen == [self.changed[gone], self.changed[stays]] and self.may_collapse(gone, stays):
                self.collapse(gone, stays)


def simplify(vertices, triangles, parts, fine, count):
    """At most `count` of the triangles; a vertex with a larger `fine` keeps more of its surroundings."""
    surface = Surface(vertices, triangles, parts, fine)
    surface.reduce(count)
    kept = [k for k, alive in enumerate(surface.alive) if alive]
    return np.array([surface.triangles[k] for k in kept]), np.array([surface.parts[k] for k in kept])
