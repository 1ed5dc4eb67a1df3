//! Two modules out of one: what a page needs to come to life, and the rest, which arrives after.
//!
//! Binaryen's own `wasm-split` does the like, but npm's package of Binaryen comes without it.
//!
//! Both share memory, stack and tables, and the second one is linked by the functions that the
//! first one exports. In the first one a function of the rest is a stub, which has the rest loaded
//! if need be (`frontend/start.js`) and calls its place in the table. There the rest puts its
//! functions, so that pointers to them, as in the tables of traits, lead to them from then on.
use crate::later::Later;
use anyhow::{Context as _, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalId,
    GlobalKind, ImportKind, ImportedFunction, Module, ModuleConfig, Table, TableId, ValType,
    ir::{UnaryOp, Value},
    passes::gc,
};

/// The module that exports what the rest needs; also its name in imports.
const FIRST: &str = "first";
/// The first module's export that loads the rest (`frontend/src/lib.rs`).
pub const LOADER: &str = "load_rest";
/// A stub is not smaller than what has fewer instructions.
const WORTH: u64 = 24;

/// The two modules. `named` is one as wasm-bindgen leaves it, with the names of its functions.
pub fn split(named: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut places = Places::find(&read(named)?)?;
    let kept = places.settle(read(named)?)?;
    let (rest, needs) = places.rest(read(named)?, &kept)?;
    Ok((places.first(read(named)?, &needs)?, rest))
}

pub fn read(module: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(true).parse(module).context("the module cannot be read")
}

/// Functions by their number, which is the same each time the module is read.
fn functions(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter().map(|function| function.id()).collect()
}

/// What goes into the rest, besides what only that calls: its places in the table.
struct Places {
    /// The place in the table of each function, by its number.
    own: BTreeMap<usize, u64>,
    /// Places that functions have besides.
    more: Vec<(u64, usize)>,
    /// How many places the table had.
    before: u64,
    /// How many it needs.
    size: u64,
}

impl Places {
    fn find(module: &Module) -> Result<Places> {
        let list = Later::read();
        let table = table(module)?;
        let pointed = pointed(module, table)?;
        let before = module.tables.get(table).initial;
        let mut places = Places { own: BTreeMap::new(), more: Vec::new(), before, size: before };
        for (number, function) in module.funcs.iter().enumerate() {
            let FunctionKind::Local(local) = &function.kind else { continue };
            let name = function.name.as_deref().unwrap_or_default();
            let exported = module.exports.get_exported_func(function.id()).is_some();
            if exported || local.size() <= WORTH || !list.holds(name) {
                continue;
            }
            let mut had = pointed.get(&function.id()).into_iter().flatten().copied();
            let first = had.next().unwrap_or_else(|| places.further());
            places.own.insert(number, first);
            places.more.extend(had.map(|place| (place, number)));
        }
        Ok(places)
    }

    /// A new place at the table's end.
    fn further(&mut self) -> u64 {
        self.size += 1;
        self.size - 1
    }

    /// Answers the numbers of the functions that the first module has, besides stubs. Those that
    /// nobody calls there need none.
    fn settle(&mut self, mut module: Module) -> Result<BTreeSet<usize>> {
        let all = functions(&module);
        self.stub(&mut module, &all)?;
        gc::run(&mut module);
        let left: BTreeSet<FunctionId> = module.funcs.iter().map(|f| f.id()).collect();
        let mut kept: BTreeSet<usize> =
            (0..all.len()).filter(|number| left.contains(&all[*number])).collect();
        self.size = self.before;
        for (number, place) in std::mem::take(&mut self.own) {
            if kept.remove(&number) {
                let place = if place < self.before { place } else { self.further() };
                self.own.insert(number, place);
            }
        }
        self.more.retain(|(_, number)| self.own.contains_key(number));
        Ok(kept)
    }

    /// The first module. `needs` are the functions that the rest imports from it.
    fn first(&self, mut module: Module, needs: &BTreeSet<usize>) -> Result<Vec<u8>> {
        let all = functions(&module);
        for number in needs {
            module.exports.add(&link(*number), all[*number]);
        }
        let ready = self.stub(&mut module, &all)?;
        module.exports.add("ready", ready);
        let globals: Vec<GlobalId> = module.globals.iter().map(|global| global.id()).collect();
        for (number, id) in globals.into_iter().enumerate().filter(|(_, id)| *id != ready) {
            module.exports.add(&format!("g{number}"), id);
        }
        let tables: Vec<TableId> = module.tables.iter().map(|table| table.id()).collect();
        for (number, id) in tables.into_iter().enumerate() {
            module.exports.add(&format!("t{number}"), id);
        }
        gc::run(&mut module);
        Ok(module.emit_wasm())
    }

    /// Makes room for the further places.
    fn grow(&self, table: &mut Table) {
        table.initial = self.size;
        table.maximum = table.maximum.map(|maximum| maximum.max(self.size));
    }

    /// Puts a stub in the place of each function of the rest. Answers what tells whether it is there.
    fn stub(&self, module: &mut Module, all: &[FunctionId]) -> Result<GlobalId> {
        let table = table(module)?;
        let load = module.exports.get_func(LOADER).context("the browser half has no loader")?;
        let zero = ConstExpr::Value(Value::I32(0));
        let ready = module.globals.add_local(ValType::I32, true, false, zero);
        self.grow(module.tables.get_mut(table));
        for (number, place) in &self.own {
            let id = all[*number];
            let ty = module.funcs.get(id).ty();
            let (params, results) = module.types.params_results(ty);
            let (params, results) = (params.to_vec(), results.to_vec());
            let arguments: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
            let mut stub = FunctionBuilder::new(&mut module.types, &params, &results);
            let mut body = stub.func_body();
            body.global_get(ready).unop(UnaryOp::I32Eqz);
            body.if_else(None, |then| _ = then.call(load), |_| {});
            for argument in &arguments {
                body.local_get(*argument);
            }
            body.i32_const(i32::try_from(*place)?).call_indirect(ty, table);
            module.funcs.get_mut(id).kind = FunctionKind::Local(stub.local_func(arguments));
        }
        Ok(ready)
    }

    /// The rest, and the numbers of the functions that it imports.
    fn rest(
        &self,
        mut module: Module,
        kept: &BTreeSet<usize>,
    ) -> Result<(Vec<u8>, BTreeSet<usize>)> {
        let all = functions(&module);
        let table = table(&module)?;
        for id in module.exports.iter().map(|export| export.id()).collect::<Vec<_>>() {
            module.exports.delete(id);
        }
        self.grow(module.tables.get_mut(table));
        share(&mut module);
        for (number, id) in all.iter().enumerate() {
            let function = module.funcs.get(*id);
            let ty = function.ty();
            match &function.kind {
                FunctionKind::Import(imported) => {
                    let import = module.imports.get_mut(imported.import);
                    (import.module, import.name) = (FIRST.into(), link(number));
                }
                FunctionKind::Local(_) if kept.contains(&number) => {
                    let import = module.imports.add(FIRST, &link(number), *id);
                    module.funcs.get_mut(*id).kind =
                        FunctionKind::Import(ImportedFunction { import, ty });
                }
                _ => {}
            }
        }
        self.point(&mut module, &all, table);
        announce(&mut module);
        gc::run(&mut module);
        let numbers: BTreeMap<FunctionId, usize> =
            all.iter().enumerate().map(|(number, id)| (*id, number)).collect();
        let needs = module.imports.iter().filter_map(|import| match import.kind {
            ImportKind::Function(id) => numbers.get(&id).copied(),
            _ => None,
        });
        let needs = needs.collect();
        Ok((module.emit_wasm(), needs))
    }

    /// Puts the functions of the rest into their places, a segment for each row of places.
    fn point(&self, module: &mut Module, all: &[FunctionId], table: TableId) {
        let own = self.own.iter().map(|(number, place)| (*place, *number));
        let mut places: Vec<(u64, usize)> = own.chain(self.more.iter().copied()).collect();
        places.sort_unstable();
        for row in places.chunk_by(|a, b| a.0 + 1 == b.0) {
            let offset = ConstExpr::Value(Value::I32(row[0].0 as i32));
            let items = row.iter().map(|(_, number)| all[*number]).collect();
            let kind = ElementKind::Active { table, offset };
            let id = module.elements.add(kind, ElementItems::Functions(items));
            module.tables.get_mut(table).elem_segments.insert(id);
        }
    }
}

/// The name of a function in exports and imports.
fn link(number: usize) -> String {
    format!("f{number}")
}

/// The one table of functions.
fn table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("the module has no table of functions")
}

/// The places that functions have in a table.
fn pointed(module: &Module, table: TableId) -> Result<BTreeMap<FunctionId, Vec<u64>>> {
    let mut places: BTreeMap<FunctionId, Vec<u64>> = BTreeMap::new();
    for element in module.elements.iter() {
        let ElementKind::Active { table: of, offset } = &element.kind else { continue };
        let ElementItems::Functions(items) = &element.items else { continue };
        let ConstExpr::Value(Value::I32(start)) = offset else {
            bail!("a segment of the table does not say where it starts");
        };
        ensure!(*of == table, "there are functions in a second table");
        for (place, id) in (u64::try_from(*start)?..).zip(items) {
            places.entry(*id).or_default().push(place);
        }
    }
    Ok(places)
}

/// Takes memory, tables and globals from the first module, with what is in them.
fn share(module: &mut Module) {
    for id in module.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        module.data.delete(id);
    }
    for id in module.elements.iter().map(|element| element.id()).collect::<Vec<_>>() {
        module.elements.delete(id);
    }
    for memory in module.memories.iter_mut() {
        memory.import = Some(module.imports.add(FIRST, "memory", memory.id()));
        memory.data_segments.clear();
    }
    for (number, table) in module.tables.iter_mut().enumerate() {
        table.import = Some(module.imports.add(FIRST, &format!("t{number}"), table.id()));
        table.init = None;
        table.elem_segments.clear();
    }
    let globals: Vec<GlobalId> = module.globals.iter().map(|global| global.id()).collect();
    for (number, id) in globals.into_iter().enumerate() {
        let import = module.imports.add(FIRST, &format!("g{number}"), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
}

/// Tells the first module that the rest is there.
fn announce(module: &mut Module) {
    let (ready, _) = module.add_import_global(FIRST, "ready", ValType::I32, true, false);
    let mut start = FunctionBuilder::new(&mut module.types, &[], &[]);
    start.func_body().i32_const(1).global_set(ready);
    module.start = Some(start.finish(Vec::new(), &mut module.funcs));
}
