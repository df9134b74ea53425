using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Control;

/// <summary>Starts a layer in one unit.</summary>
/// <param name="Layer">Its plan (in hardware: an index into a table of configuration registers).</param>
/// <param name="Source">Half of the activation buffer, or frame slot for the first layer, to read from.</param>
/// <param name="Target">Half to write to.</param>
public readonly record struct LayerCommand(LayerPlan Layer, int Source, int Target);
