package io.slipway.spark.compute;

/**
 * A kind of machine, with the nominal figures of the EC2 instance type of that name.
 *
 * @param memoryMb MiB
 * @param localDisks instance store volumes, {@code localDiskGb} each
 * @param nvme the local disks are NVMe
 */
public record NodeType(
        String id,
        int vcpus,
        int memoryMb,
        String arch,
        boolean currentGeneration,
        int gpus,
        int localDisks,
        int localDiskGb,
        boolean nvme,
        boolean encryptedInTransit,
        boolean spot) {

    /** The words in which Databricks groups node types. */
    public String category() {
        if (gpus > 0) {
            return "GPU Accelerated";
        }
        String family = id.substring(0, 1);
        return switch (family) {
            case "r", "x", "z" -> "Memory Optimized";
            case "c" -> "Compute Optimized";
            case "i", "d", "h" -> "Storage Optimized";
            default -> "General Purpose";
        };
    }
}
