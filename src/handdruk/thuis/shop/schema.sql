-- The tables of the shop. Times are ISO 8601 in UTC, days ISO 8601, money euro cents.

CREATE TABLE customers (
    number TEXT PRIMARY KEY,                         -- K-20817
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nl', 'en')),
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL CHECK (country IN ('NL', 'BE', 'LU', 'DE'))
);

CREATE TABLE orders (
    number TEXT PRIMARY KEY,                         -- TH-104233
    customer TEXT NOT NULL REFERENCES customers,
    status TEXT NOT NULL CHECK (status IN ('ordered', 'packed', 'shipped', 'delivered', 'returned', 'cancelled')),
    ordered_at TEXT NOT NULL,
    packed_at TEXT,
    shipped_at TEXT,
    delivered_at TEXT,
    returned_at TEXT,
    cancelled_at TEXT,
    promised TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL CHECK (country IN ('NL', 'BE', 'LU', 'DE')),
    delivery INTEGER NOT NULL CHECK (delivery >= 0),
    total INTEGER NOT NULL CHECK (total > 0)
);
CREATE INDEX orders_of_a_customer ON orders (customer, ordered_at);

CREATE TABLE order_lines (
    order_number TEXT NOT NULL REFERENCES orders,
    number INTEGER NOT NULL CHECK (number > 0),
    product TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price INTEGER NOT NULL CHECK (price > 0),
    PRIMARY KEY (order_number, number)
);

CREATE TABLE parcels (
    track_code TEXT PRIMARY KEY,
    order_number TEXT NOT NULL UNIQUE REFERENCES orders,
    carrier TEXT NOT NULL CHECK (carrier IN ('PostNL', 'bpost', 'Thuis')),
    status TEXT NOT NULL CHECK (status IN ('under_way', 'missed', 'at_point', 'delivered')),
    expected TEXT,
    point TEXT NOT NULL DEFAULT ''
);

CREATE TABLE parcel_events (
    track_code TEXT NOT NULL REFERENCES parcels,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (track_code, at)
);

CREATE TABLE invoices (
    number TEXT PRIMARY KEY,                         -- F-2026-00012
    order_number TEXT NOT NULL REFERENCES orders,
    day TEXT NOT NULL,
    total INTEGER NOT NULL,                          -- below zero for what was paid back
    vat INTEGER NOT NULL
);

CREATE TABLE devices (
    serial TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers,
    order_number TEXT NOT NULL REFERENCES orders,
    product TEXT NOT NULL,
    firmware TEXT NOT NULL,
    last_seen TEXT NOT NULL
);

CREATE TABLE returns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,            -- the code is RC- and this
    order_number TEXT NOT NULL,
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    received_at TEXT,
    UNIQUE (order_number, line),
    FOREIGN KEY (order_number, line) REFERENCES order_lines (order_number, number)
);

CREATE TABLE address_changes (
    id INTEGER PRIMARY KEY,
    order_number TEXT NOT NULL REFERENCES orders,
    at TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL
);

CREATE TABLE once (                                  -- what was done under which key, and what came of it
    key TEXT PRIMARY KEY,
    asked TEXT NOT NULL,
    result TEXT NOT NULL
);
