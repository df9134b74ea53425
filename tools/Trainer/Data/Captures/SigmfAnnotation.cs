namespace BcnnSim.Trainer.Data.Captures;

/// <summary>What an annotation says about a stretch of samples.</summary>
/// <param name="Place">Of the annotation in the file.</param>
/// <param name="Start">core:sample_start.</param>
/// <param name="Count">core:sample_count; null = to the end of the capture segment it begins in.</param>
/// <param name="Label">core:label; null = the annotation is a remark.</param>
internal sealed record SigmfAnnotation(string Place, long Start, long? Count, string? Label);
